// stack: Rough.js and Rough Notation: sketches by chance, drawn in strokes
// marker: x = 40 + 240 * t
import rough from "roughjs";
import { annotate } from "rough-notation";
import { mark } from "../marker.js";

document.querySelector("#app").innerHTML = '<canvas width="320" height="70"></canvas><p><span>annotated</span></p>';
rough.canvas(document.querySelector("canvas")).rectangle(10, 10, 300, 50, { fill: "#4f8", stroke: "#fff" });
annotate(document.querySelector("span"), { type: "circle", color: "#fa4", animationDuration: 700 }).show();
mark(40);
document.querySelector("#marker").animate([{ translate: "0" }, { translate: "240px" }], { duration: 1000, fill: "both" });
