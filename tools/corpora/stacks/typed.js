// stack: Typed.js: a text typed by timers
import Typed from "typed.js";

document.querySelector("#app").innerHTML =
  '<p style="position: absolute; top: 80px; margin: 0; font: 15px/20px monospace"><span style="background: #f0f; color: #f0f"></span></p>';
new Typed("span", { strings: ["twenty letters here."], typeSpeed: 30, startDelay: 100, showCursor: false });
