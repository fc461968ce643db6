// Everything works without this file. It says aloud what has changed, and puts the focus where it helps.

const region = () => document.getElementById("melding");

function announce(words, place = region()) {
  place.textContent = "";
  // A screen reader hears a change, so the same words need a moment of silence between them.
  window.setTimeout(() => { place.textContent = words; }, 100);
}

function focusOn(element) {
  if (!element) return;
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: "start" });
}

// The links of an error summary lead to fields; the focus goes along.
document.addEventListener("click", (event) => {
  const link = event.target.closest(".alert-error a[href^='#']");
  const field = link && document.getElementById(link.hash.slice(1));
  if (!field) return;
  event.preventDefault();
  const group = field.closest(".form-group") || field;
  group.scrollIntoView({ block: "start" });
  field.focus({ preventScroll: true });
});

// The list: the focus stays on the button that asked, unless the button went away with the old list, or could not be
// pressed meanwhile.
document.addEventListener("htmx:afterSettle", (event) => {
  const asked = event.detail.requestConfig && event.detail.requestConfig.elt;
  const problems = document.querySelector("[data-focus]");
  if (problems) { focusOn(problems); return; }
  const count = document.querySelector("[data-announce]");
  if (!count) return;
  const lost = document.activeElement === document.body;
  if (lost || (asked && asked.hasAttribute("data-to-list"))) focusOn(count);
  else announce(count.textContent);
});

// When the list cannot be fetched for the page, the page is asked for as if there were no scripts. Without a connection
// that would only lose the page with all that was typed: it is said instead.
["htmx:sendError", "htmx:timeout", "htmx:responseError"].forEach((trouble) => {
  document.addEventListener(trouble, (event) => {
    const status = event.detail.xhr ? event.detail.xhr.status : 0;
    const place = !window.navigator.onLine && document.querySelector("[data-offline]");
    if (place) announce(place.dataset.offline, place);
    else if (status === 0 || status >= 500) window.location.assign(event.detail.pathInfo.finalRequestPath);
  });
});

// A held time: said once when it gets short, and once when it is over; not at all when it has been given back.
function countDown(element) {
  const seconds = Number(element.dataset.seconds);
  const words = element.querySelector("[data-words]");
  const when = (second, act) => window.setTimeout(() => { if (element.isConnected) act(); }, second * 1000);
  const soon = seconds - 180;
  if (soon > 0) when(soon, () => announce(element.dataset.soon));
  when(seconds, () => { words.textContent = element.dataset.over; announce(element.dataset.over); });
}

// Whoever comes back with the browser's own button has changed their mind: the held time is given back.
async function letGo(form) {
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" });
  if (answer.ok || answer.type === "opaqueredirect") form.closest("[data-held]").remove();
}

// Either the browser has asked for the page again, or it had it in its memory, and we have asked (see the end).
function cameBack() {
  const visit = performance.getEntriesByType("navigation")[0];
  const remembered = window.sessionStorage.getItem("back") === window.location.href;
  window.sessionStorage.removeItem("back");
  return remembered || Boolean(visit && visit.type === "back_forward");
}

function start() {
  focusOn(document.querySelector("[data-focus]"));
  document.querySelectorAll("[data-seconds]").forEach(countDown);
  const held = document.querySelector("[data-let-go]");
  if (cameBack() && held) letGo(held);
  document.querySelectorAll("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();

// A page from the browser's memory may show a time that is no longer held.
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  window.sessionStorage.setItem("back", window.location.href);
  window.location.reload();
});
