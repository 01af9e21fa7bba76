// stack: anime.js: a timeline, stagger, SVG drawables, split text
// marker: x = 40 + 240 * t
import { animate, createTimeline, splitText, stagger, svg } from "animejs";
import { marker } from "../marker.js";

document.querySelector("#app").innerHTML =
  '<p>letters of a text</p><svg width="320" height="50"><path d="M5 40 C80 -30 160 80 300 10" fill="none" stroke="#4f8"/></svg>';
animate(marker, { x: [30, 270], duration: 1000, ease: "linear" });
createTimeline({ defaults: { duration: 300, ease: "outBack" } })
  .add(splitText("p", { chars: true }).chars, { y: [20, 0], opacity: [0, 1] }, stagger(20))
  .add(svg.createDrawable("path"), { draw: ["0 0", "0 1"] }, 200);
