// stack: Cytoscape.js: a graph on canvases, a node that is animated
// marker: x = 40 + 240 * t
import cytoscape from "cytoscape";

const main = document.querySelector("#app");
main.style.cssText = "display: block; width: 320px; height: 180px";
const graph = cytoscape({
  container: main,
  userZoomingEnabled: false,
  layout: { name: "preset", fit: false },
  zoom: 1,
  pan: { x: 0, y: 0 },
  elements: [
    { data: { id: "a" }, position: { x: 40, y: 90 } },
    { data: { id: "b" }, position: { x: 160, y: 150 } },
    { data: { source: "a", target: "b" } },
  ],
  style: [
    { selector: "node", style: { shape: "rectangle", width: 20, height: 20, "background-color": "#4f8" } },
    { selector: "#a", style: { "background-color": "#f0f" } },
  ],
});
graph.$("#a").animate({ position: { x: 280, y: 90 } }, { duration: 1000, easing: "linear" });
