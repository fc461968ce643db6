// The map beside a list: what the list says, once more, for those who see it and point at it. Screen readers and
// keyboards have the list, which says all of it. Without this file, or without Leaflet, there is no map.

(() => {
  const HOME = { center: [56.1, 10.9], zoom: 7 };
  const EDGES = [[54.2, 7.2], [58.2, 15.9]];
  // By postal code: the towns that are named from afar, and those that are named from nearer by.
  const LARGE = ["1050", "8000", "5000", "9000", "6700", "3700"];
  const SMALL = [
    "2100", "2300", "2500", "2605", "2630", "2700", "2800", "2860", "2900", "2970", "3000", "3400", "4000", "4200", "4300", "4400", "4600", "4700", "4800", "5700", "6000", "6100", "6200",
    "6400", "6800", "7000", "7100", "7400", "7500", "7700", "7800", "8300", "8500", "8600", "8700", "8800", "8900",
    "9300", "9400", "9500", "9600", "9700", "9800", "9900", "9990",
  ];
  const QUIET = { keyboard: false, interactive: false };

  function land(map, url) {
    fetch(url).then((answer) => answer.json()).then((countries) => {
      const style = (country) => ({ className: country.properties.home ? "map-home" : "map-land", stroke: false });
      L.geoJSON(countries, { style, interactive: false }).addTo(map);
    }).catch(() => {});
  }

  function towns(map, url, all) {
    const nearer = L.layerGroup().addTo(map);
    const name = ([code, words, longitude, latitude]) => {
      const label = document.createElement("span");
      // A city is one: "København", not "København K"; its parts are not.
      label.textContent = LARGE.includes(code) ? words.replace(/ [A-ZÆØÅ]{1,2}$/, "") : words;
      const icon = L.divIcon({ className: "map-town", html: label, iconSize: [0, 0] });
      return L.marker([latitude, longitude], { ...QUIET, icon, zIndexOffset: -1000 });
    };
    fetch(url).then((answer) => answer.json()).then((places) => {
      places.filter(([code]) => LARGE.includes(code)).forEach((place) => name(place).addTo(map));
      // The known ones first; any other where there is room, so that no part of the land is without a name.
      const rank = ([code]) => {
        if (LARGE.includes(code)) return 0;
        return SMALL.includes(code) || (all && map.getZoom() >= 11) ? 1 : 2;
      };
      const fit = () => {
        nearer.clearLayers();
        if (map.getZoom() < 8.5) return;
        const seen = map.getBounds();
        const taken = [];
        const hasRoom = (place) => {
          const { x, y } = map.latLngToContainerPoint([place[3], place[2]]);
          const room = rank(place) < 2 || taken.every(([left, top]) => Math.abs(left - x) > 110 || Math.abs(top - y) > 70);
          if (room) taken.push([x, y]);
          return room;
        };
        places.filter(([, , east, north]) => seen.contains([north, east]))
          .sort((one, other) => rank(one) - rank(other)).filter(hasRoom).filter(rank)
          .forEach((place) => name(place).addTo(nearer));
      };
      map.on("moveend", fit);
      fit();
    }).catch(() => {});
  }

  // `all`: whoever comes near sees the name of every postal district.
  function start(place, { all = false, maxZoom = 13 } = {}) {
    place.replaceChildren();
    const map = L.map(place, {
      ...HOME, attributionControl: false, fadeAnimation: false, keyboard: false, markerZoomAnimation: false,
      maxBounds: EDGES, maxBoundsViscosity: 1, maxZoom, minZoom: 6, scrollWheelZoom: false, zoomAnimation: false,
      zoomSnap: 0.5,
      // One finger moves the page, two move the map.
      dragging: window.matchMedia("(pointer: fine)").matches,
    });
    const { tiles, coast, towns: names } = place.dataset;
    if (tiles) L.tileLayer(tiles, { maxZoom }).addTo(map);
    else { land(map, coast); towns(map, names, all); }
    // Nobody gets lost in what is hidden from them: the buttons are for pointing only.
    place.querySelectorAll("a").forEach((button) => { button.tabIndex = -1; });
    return map;
  }

  function pin(card, number, pins) {
    const { longitude, latitude } = card.dataset;
    const icon = L.divIcon({ className: "map-pin", html: String(number), iconSize: [32, 32], iconAnchor: [16, 16] });
    const marker = L.marker([Number(latitude), Number(longitude)], { icon, keyboard: false, riseOnHover: true });
    const lit = (on) => {
      card.classList.toggle("card-lit", on);
      marker.getElement()?.classList.toggle("map-pin-lit", on);
      marker.setZIndexOffset(on ? 1000 : 0);
    };
    ["mouseenter", "focusin"].forEach((name) => card.addEventListener(name, () => lit(true)));
    ["mouseleave", "focusout"].forEach((name) => card.addEventListener(name, () => lit(false)));
    marker.on("mouseover", () => lit(true)).on("mouseout", () => lit(false));
    marker.on("click", () => card.scrollIntoView({ block: "center" }));
    return marker.addTo(pins);
  }

  function show(map, pins) {
    pins.clearLayers();
    const cards = [...document.querySelectorAll(".card-item[data-latitude]")];
    const markers = cards.map((card, at) => pin(card, at + 1, pins));
    const around = L.latLngBounds(markers.map((marker) => marker.getLatLng()));
    if (markers.length) map.fitBounds(around, { padding: [40, 40], maxZoom: 11.5 });
    else map.setView(HOME.center, HOME.zoom);
  }

  function begin() {
    const place = document.getElementById("kort");
    if (!place || !window.L) return;
    const map = start(place);
    const pins = L.layerGroup().addTo(map);
    document.documentElement.classList.add("with-map");
    show(map, pins);
    document.addEventListener("htmx:afterSettle", () => show(map, pins));
  }

  window.genvejMap = start;
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
