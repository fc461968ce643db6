// Suggestions for the field that asks for a place, and "use my position": both look up in one list of postal codes.
// The position is asked for when somebody presses the button, compared here, and sent nowhere.

(() => {
  let known;

  function places(url) {
    known ??= fetch(url).then((answer) => answer.json()).catch(() => { known = undefined; return []; });
    return known;
  }

  async function suggest(field) {
    const list = document.getElementById(field.getAttribute("list"));
    if (!list || list.children.length) return;
    const all = await places(field.dataset.places);
    list.replaceChildren(...all.map(([code, name]) => new Option("", `${code} ${name}`)));
  }

  function nearest(all, { longitude, latitude }) {
    // Degrees of longitude are shorter up here; to find the nearest town that is exact enough.
    const far = ([, , east, north]) => Math.hypot((east - longitude) * 0.56, north - latitude);
    return all.reduce((best, place) => (far(place) < far(best) ? place : best));
  }

  function say(button, words) {
    document.getElementById("position-svar").textContent = words;
    button.disabled = false;
  }

  async function found(button, position) {
    const field = document.getElementById("sted");
    const all = await places(field.dataset.places);
    if (!all.length) { say(button, button.dataset.refused); return; }
    const [code, name] = nearest(all, position.coords);
    field.value = `${code} ${name}`;
    say(button, "");
    field.form.requestSubmit();
  }

  function refused(button) {
    say(button, button.dataset.refused);
    document.getElementById("sted").focus();
  }

  function begin() {
    document.querySelectorAll("[data-position]").forEach((button) => { button.hidden = !navigator.geolocation; });
  }

  document.addEventListener("focusin", (event) => {
    if (event.target.matches("input[data-places]")) suggest(event.target);
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-position]");
    if (!button) return;
    button.disabled = true;
    navigator.geolocation.getCurrentPosition(
      (position) => found(button, position), () => refused(button), { maximumAge: 600000, timeout: 15000 },
    );
  });

  document.addEventListener("htmx:afterSettle", begin);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
