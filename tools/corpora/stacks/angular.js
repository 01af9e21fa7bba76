// stack: Angular: a component without zones, signals, compiled in the browser
// marker: x = 40 + 240 * t
import "@angular/compiler";
import { Component, provideZonelessChangeDetection, signal } from "@angular/core";
import { bootstrapApplication } from "@angular/platform-browser";

const x = signal(30),
  words = signal([]);
class Mover {
  x = x;
  words = words;
}
Component({
  selector: "#app",
  template: '<b id="marker" [style.left.px]="x()"></b>@for (word of words(); track word) {<p>word {{ word }}</p>}',
})(Mover);
bootstrapApplication(Mover, { providers: [provideZonelessChangeDetection()] });
const start = performance.now();
requestAnimationFrame(function step(now) {
  x.set(30 + 0.24 * Math.min(1000, now - start));
  requestAnimationFrame(step);
});
setInterval(() => words.update(all => [...all, all.length]), 200);
