// The map beside a site's address: its point can be dragged, put where somebody points, or moved with the arrow keys.
// It writes the two fields above it, which say the same and are what is sent. Without this file they are all there is.

(() => {
  const STEPS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
  const SHORT = 8;
  const LONG = 40;

  const degrees = (field) => (field.value.trim() ? Number(field.value.trim().replace(",", ".")) : NaN);
  const written = (number) => number.toFixed(5).replace(".", ",");

  function typed(north, east) {
    const point = [degrees(north), degrees(east)];
    return point.every(Number.isFinite) && Math.abs(point[0]) <= 90 && Math.abs(point[1]) <= 180 ? point : null;
  }

  async function ofPostalCode(code, url) {
    const places = await fetch(url).then((answer) => answer.json()).catch(() => []);
    const found = places.find(([one]) => one === code.value.trim());
    return found ? [found[3], found[2]] : null;
  }

  function zoomByKeyboard(place) {
    const words = [place.dataset.nearer, place.dataset.farther];
    place.querySelectorAll(".leaflet-control-zoom a").forEach((button, at) => {
      button.tabIndex = 0;
      button.title = words[at];
      button.setAttribute("aria-label", words[at]);
    });
  }

  function begin() {
    const place = document.getElementById("punkt");
    if (!place || !window.L || !window.genvejMap) return;
    const [north, east, code] = ["bredde", "laengde", "postnummer"].map((id) => document.getElementById(id));
    const map = window.genvejMap(place, { all: true, maxZoom: 17 });
    const near = place.dataset.tiles ? 15 : 11;
    const icon = L.divIcon({ className: "map-pin map-point", iconSize: [32, 32], iconAnchor: [16, 16] });
    const marker = L.marker(map.getCenter(), { icon, autoPan: true, draggable: true });

    function put(point, view) {
      marker.setLatLng(point).addTo(map);
      marker.getElement().setAttribute("aria-label", place.dataset.label);
      if (view) map.setView(point, Math.max(map.getZoom(), near));
      else if (!map.getBounds().contains(marker.getLatLng())) map.panTo(point, { animate: false });
    }

    function keep(point) {
      put(point, false);
      const at = marker.getLatLng();
      [north.value, east.value] = [written(at.lat), written(at.lng)];
      document.getElementById("punkt-svar").textContent = `${north.value} / ${east.value}`;
    }

    async function look() {
      const point = typed(north, east) ?? await ofPostalCode(code, place.dataset.towns);
      if (point) put(point, true);
      else marker.remove();
    }

    map.on("click", (event) => keep(event.latlng));
    marker.on("dragend", () => keep(marker.getLatLng()));
    place.addEventListener("keydown", (event) => {
      const step = event.target === marker.getElement() && STEPS[event.key];
      if (!step) return;
      event.preventDefault();
      const size = event.shiftKey ? LONG : SHORT;
      const here = map.latLngToContainerPoint(marker.getLatLng());
      keep(map.containerPointToLatLng(here.add([step[0] * size, step[1] * size])));
    });
    [north, east, code].forEach((field) => field.addEventListener("change", look));
    zoomByKeyboard(place);
    look();
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
