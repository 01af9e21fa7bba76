// stack: Motion without React: animate by the browser's own animations and by scripts, springs, inView
// marker: x = 40 + 240 * t
import { animate, inView, spring, stagger } from "motion";
import { mark } from "../marker.js";

document.querySelector("#app").innerHTML = "<p>one</p><p>two</p><p>three</p>";
animate(40, 280, { duration: 1, ease: "linear", onUpdate: mark });
animate("p", { opacity: [0, 1], transform: ["translateX(100px)", "none"] }, { delay: stagger(0.1), type: spring, bounce: 0.4 });
inView("p", element => {
  element.style.color = "#4f8";
});
