// stack: Vivus: an SVG drawn stroke by stroke, a step each animation frame
// note: its first two steps come before frame 1
// marker: right = 40 + 240 * t
import Vivus from "vivus";

document.querySelector("#app").innerHTML =
  `<svg id="drawing" width="320" height="180"><path d="M40 90 H280" stroke="#f0f" stroke-width="20" fill="none"/>
    <path d="M20 150 C80 100 160 190 300 140" stroke="#4f8" fill="none"/></svg>`;
new Vivus("drawing", { duration: 30, type: "sync", start: "autostart" });
