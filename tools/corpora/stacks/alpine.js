// stack: Alpine.js: x-data, x-transition, a timer
// marker: x = 40 + 240 * t
import Alpine from "alpinejs";

document.querySelector("#app").innerHTML =
  `<div x-data="{ moved: false, words: [] }" x-init="$nextTick(() => { moved = true }); setInterval(() => words.push(words.length), 200)">
  <b id="marker" style="transition: transform 1s linear" :style="{ transform: 'translateX(' + (moved ? 270 : 30) + 'px)' }"></b>
  <p x-show="moved" x-transition.duration.500ms>shown</p><template x-for="word in words"><i x-text="word"></i></template></div>`;
Alpine.start();
