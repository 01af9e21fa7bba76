// stack: Leaflet: a marker on tiles made by the page, a pan by its own animation
// marker: x = 280 - 240 * t
import L from "leaflet";
import "leaflet/dist/leaflet.css";

const main = document.querySelector("#app");
main.style.cssText = "display: block; width: 320px; height: 180px";
const map = L.map(main, { crs: L.CRS.Simple, zoomControl: false, attributionControl: false, zoomAnimation: true }).setView([0, 0], 0);
const tile = document.createElement("canvas");
tile.width = tile.height = 256;
tile.getContext("2d").fillStyle = "#124";
tile.getContext("2d").fillRect(1, 1, 254, 254);
L.tileLayer(tile.toDataURL()).addTo(map);
L.marker([0, 120], {
  icon: L.divIcon({
    html: '<b style="display: block; width: 20px; height: 20px; background: #f0f"></b>',
    className: "",
    iconSize: [20, 20],
  }),
}).addTo(map);
map.panBy([240, 0], { duration: 1, easeLinearity: 1, animate: true });
