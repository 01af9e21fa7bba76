// stack: Shiki: code highlighted by its WebAssembly engine, lines shown one after the other
// marker: x = 40 + 240 * t
import { codeToHtml } from "shiki";
import { mark } from "../marker.js";

mark(40);
document.querySelector("#app").innerHTML = await codeToHtml("const a = 1;\nlet b = `two`;\nexport { a, b };", {
  lang: "js",
  theme: "nord",
});
document
  .querySelectorAll(".line")
  .forEach((line, i) => line.animate([{ opacity: 0 }, { opacity: 1 }], { duration: 200, delay: 200 * i, fill: "both" }));
document.querySelector("#marker").animate([{ translate: "0" }, { translate: "240px" }], { duration: 1000, fill: "both" });
