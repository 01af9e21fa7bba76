// stack: Mermaid: a flow chart that appears edge by edge
// marker: x = 40 + 240 * t
import mermaid from "mermaid";
import { mark } from "../marker.js";

mermaid.initialize({ startOnLoad: false, theme: "dark" });
const { svg } = await mermaid.render("chart", "flowchart LR\n a[Plan] --> b[Render] --> c[Merge]");
document.querySelector("#app").innerHTML = `<div style="width: 320px">${svg}</div>`;
document
  .querySelectorAll("path.flowchart-link")
  .forEach((path, i) => path.animate([{ opacity: 0 }, { opacity: 1 }], { duration: 400, delay: 300 * i, fill: "both" }));
const start = performance.now();
requestAnimationFrame(function step(now) {
  mark(40 + 0.24 * Math.min(1000, now - start));
  requestAnimationFrame(step);
});
