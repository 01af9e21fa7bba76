// stack: KaTeX: formulas with its fonts, one rendered anew in each frame
// marker: x = 40 + 240 * t
import katex from "katex";
import "katex/dist/katex.min.css";
import { mark } from "../marker.js";

const main = document.querySelector("#app");
requestAnimationFrame(function step(now) {
  const n = Math.min(30, Math.floor((now * 30) / 1000));
  katex.render(String.raw`\sum_{k=0}^{${n}} k^2 = \frac{${n}(${n}+1)(2\cdot ${n}+1)}{6} \quad \mathbb{R}\;\mathcal{L}`, main, {
    throwOnError: true,
  });
  mark(40 + 8 * n);
  requestAnimationFrame(step);
});
