// stack: Lenis: smooth scrolling by a script
// marker: x = 40 + 240 * t
import Lenis from "lenis";
import { mark } from "../marker.js";

document.body.style.cssText = "height: 1180px; overflow: visible";
document.querySelector("#app").innerHTML = Array.from({ length: 30 }, (_, i) => `<p>line ${i}</p>`).join("");
const lenis = new Lenis({ autoRaf: true });
mark(40);
document.querySelector("#marker").style.position = "fixed";
lenis.on("scroll", ({ scroll }) => mark(40 + 0.24 * scroll));
lenis.scrollTo(1000, { duration: 1, easing: t => t });
