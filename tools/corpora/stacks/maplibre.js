// stack: MapLibre GL: a GeoJSON source in its worker, a camera that moves
// vite: worker
// copy: node_modules/maplibre-gl/dist/maplibre-gl-worker.mjs as maplibre/maplibre-gl-worker.mjs
// copy: node_modules/maplibre-gl/dist/maplibre-gl-shared.mjs as maplibre/maplibre-gl-shared.mjs
// marker: x = 40 + 240 * t
import { Map, setWorkerUrl } from "maplibre-gl";
import { mark } from "../marker.js";

setWorkerUrl("/maplibre/maplibre-gl-worker.mjs");
mark(40);
const main = document.querySelector("#app");
main.style.cssText = "display: block; width: 320px; height: 180px";
const ring = (x, y, r) => ({
  type: "Feature",
  properties: {},
  geometry: {
    type: "Polygon",
    coordinates: [
      [
        [x - r, y - r],
        [x + r, y - r],
        [x + r, y + r],
        [x - r, y + r],
        [x - r, y - r],
      ],
    ],
  },
});
const map = new Map({
  container: main,
  attributionControl: false,
  interactive: false,
  center: [0, 0],
  zoom: 1,
  fadeDuration: 0,
  style: {
    version: 8,
    sources: {
      land: { type: "geojson", data: { type: "FeatureCollection", features: [ring(0, 20, 15), ring(40, -10, 10), ring(-50, 0, 12)] } },
    },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": "#124" } },
      { id: "land", type: "fill", source: "land", paint: { "fill-color": "#4f8" } },
    ],
  },
});
await new Promise(resolve => {
  map.once("load", resolve);
});
map.easeTo({ center: [60, 0], duration: 1000, easing: t => t });
map.on("move", () => mark(40 + 4 * map.getCenter().lng));
