// stack: RxJS: animationFrames, interval, schedulers
// marker: x = 40 + 240 * t
import { animationFrames, asyncScheduler, interval, map, observeOn, scan, takeWhile } from "rxjs";
import { mark } from "../marker.js";

animationFrames()
  .pipe(
    map(({ elapsed }) => elapsed / 1000),
    takeWhile(t => t < 1, true),
  )
  .subscribe(t => mark(40 + 240 * Math.min(1, t)));
interval(100)
  .pipe(
    observeOn(asyncScheduler),
    scan(text => `${text}.`, ""),
  )
  .subscribe(text => {
    document.querySelector("#app").textContent = text;
  });
