// stack: Tailwind by Vite: utilities for animations, transitions by classes
// vite: tailwind
// marker: x = 40 + 240 * t
import "../tailwind.css";

document.querySelector("#app").innerHTML =
  `<div class="absolute top-20 left-0 size-5 bg-[#f0f] translate-x-[30px] transition-transform duration-1000 ease-linear"></div>
    <p class="animate-pulse text-green-400">pulses</p><p class="animate-bounce">bounces</p>`;
setTimeout(() => document.querySelector("div").classList.replace("translate-x-[30px]", "translate-x-[270px]"), 0);
