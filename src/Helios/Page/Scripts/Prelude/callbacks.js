// Follows prelude.js in its function, in every frame of a page: callbacks of frames, timers and idle time, which run at times of the page's
// clock, and as often in every run.
  // What runs once a frame must not run once for each time that a frame is asked for.
  const request = globalThis.requestAnimationFrame;
  const cancel = globalThis.cancelAnimationFrame;
  const waiting = new Map();
  let handles = 0;
  const SAME = 0.5; // ms; a drawing of the same frame may be read as up to 0.3 ms later
  let shown = -1; // time of the frame whose callbacks run or ran last
  /** Whether a callback may look at the time that it is given. */
  const takesTime = callback => callback.length > 0 || /\barguments\b|\.\.\./.test(Function.prototype.toString.call(callback));
  define(globalThis, "requestAnimationFrame", function requestAnimationFrame(callback) {
    if (typeof callback !== "function") return request(callback); // throws
    const handle = ++handles;
    const asked = shown;
    const { round } = state;
    const run = time => {
      const frame = toPage(time);
      if (frame <= asked + SAME && state.round <= round) { waiting.get(handle).native = request(run); return; }
      forgetFrame(handle);
      state.hasRun = true;
      state.asksTime ||= takesTime(callback);
      shown = frame;
      try { callback(frame); } finally { canvases.after(); }
    };
    const entry = { native: request(run) };
    waiting.set(handle, entry);
    if (state.isAwaited || state.isLoading) state.frames.add(entry);
    return handle;
  });
  const forgetFrame = handle => {
    state.frames.delete(waiting.get(handle));
    waiting.delete(handle);
  };
  define(globalThis, "cancelAnimationFrame", function cancelAnimationFrame(handle) {
    if (waiting.has(handle)) cancel(waiting.get(handle).native);
    forgetFrame(handle);
  });
  for (const [alias, name] of [
    ["webkitRequestAnimationFrame", "requestAnimationFrame"],
    ["webkitCancelAnimationFrame", "cancelAnimationFrame"],
    ["webkitCancelRequestAnimationFrame", "cancelAnimationFrame"],
  ])
    if (alias in globalThis) define(globalThis, alias, globalThis[name]);

  // An animation counts from the point of the grid where its first frame is drawn. The point of a later frame may be less far above its own
  // time, so that steps as long as frames would be shown twice. Animations of frame 0 begin a point earlier (PageTimes.ClockOf); those
  // in steps that begin later are put there.
  const steps = /\bstep/;
  const placed = new WeakSet();
  const place = animation => {
    const { startTime, effect, playState } = animation;
    if (placed.has(animation) || typeof startTime !== "number" || startTime + born < @LEAD@ || playState !== "running") return;
    if (!steps.test(effect?.getTiming().easing) && !effect?.getKeyframes().some(({ easing }) => steps.test(easing))) return;
    placed.add(animation);
    animation.startTime = startTime - 0.1;
  };
  /** The animations of a document or shadow root that run by the document's timeline, and have begun. */
  const runningOf = root => root.getAnimations().filter(({ startTime, playState, timeline }) =>
    timeline === document.timeline && playState === "running" && typeof startTime === "number");
  /** Has those that began before the next frame begin with it. */
  const beginWithFrame = root => request(() => {
    const time = timelineTime.call(document.timeline);
    for (const animation of runningOf(root))
      if (animation.startTime >= 0 && animation.startTime < time) animation.startTime = time;
  });
  // The time of a frame that is drawn again lies between two points of the grid, and Blink rounds it for animations, by chance up.
  const put = []; // animations that were put forward by as much, and where they began
  /** Puts the animations of a document or shadow root forward if they are later than points of the grid after their frame. */
  const putForward = (root, points) => {
    const value = timelineTime.call(document.timeline);
    const late = typeof value === "number" ? Math.round((value + origin) * 10) - pointOf(value) - points : 0;
    if (late <= 0) return false;
    const point = value - late / 10;
    for (const animation of runningOf(root)) {
      const { startTime } = animation;
      const own = startTime > point && startTime <= value ? point : startTime; // one that began with this drawing was rounded up as well
      put.push([animation, own]);
      animation.startTime = own + late / 10;
    }
    return put.length > 0;
  };
  const putBack = () => { for (const [animation, startTime] of put.splice(0)) animation.startTime = startTime; };
  const onStart = ({ target, animationName }) => {
    for (const animation of target.getAnimations({ subtree: true }))
      if (animation.effect?.target === target && animation.animationName === animationName) place(animation);
  };
  const animate = Element.prototype.animate;
  const ready = Object.getOwnPropertyDescriptor(Animation.prototype, "ready").get;
  define(Element.prototype, "animate", function (...values) {
    const animation = animate.apply(this, values);
    ready.call(animation).then(place, () => {});
    return animation;
  });

  // A hook that waits for a timer would wait for ever, since the clock waits for the hook: timers that it sets may be called
  // before their time. Likewise while the page is not ready, but only those without a delay (after some the browser adds one), and those of
  // loaders that a video waits for (hooks.js).
  const setTimer = globalThis.setTimeout;
  const timers = new Map(); // those that may be, by the number that the page has
  for (const name of ["setTimeout", "setInterval"]) {
    const real = globalThis[name];
    define(globalThis, name, { [name](callback, delay, ...values) {
      const length = Math.max(0, Number(delay) || 0);
      if (typeof callback !== "function" || !(state.isAwaited || state.isLoading)) return real(callback, delay, ...values);
      const isRepeated = name === "setInterval";
      const entry = { length, due: now() + length, early: 0 };
      const run = () => {
        if (!isRepeated) forgetTimer(id);
        callback.apply(globalThis, values);
      };
      const id = real(run, delay);
      /** As a task of its own, at the time where the clock stands. */
      entry.call = () => {
        state.timers.delete(entry);
        if (!isRepeated) clear(id);
        entry.early = setTimer(() => {
          entry.due += Math.max(1, length);
          if (isRepeated && (state.isAwaited || state.isLoading)) state.timers.add(entry);
          run();
        }, 0);
      };
      timers.set(id, entry);
      state.timers.add(entry);
      return id;
    } }[name]);
  }
  const forgetTimer = id => {
    const entry = timers.get(id);
    if (!entry) return;
    timers.delete(id);
    state.timers.delete(entry);
    return entry;
  };
  const clear = globalThis.clearTimeout; // takes intervals too
  for (const name of ["clearTimeout", "clearInterval"]) {
    define(globalThis, name, { [name](id) {
      const entry = forgetTimer(Number(id));
      if (entry?.early) clear(entry.early);
      return clear(id);
    } }[name]);
  }

  // Idle time depends on the machine: what is to be done in it is done once after every frame, before the next.
  const frameOf = globalThis.requestAnimationFrame;
  const cancelFrame = globalThis.cancelAnimationFrame;
  const idle = new Map();
  let idleHandles = 0;
  if (globalThis.requestIdleCallback) {
    const postTask = scheduler.postTask.bind(scheduler);
    define(globalThis, "requestIdleCallback", function requestIdleCallback(callback) {
      if (typeof callback !== "function") throw new TypeError("requestIdleCallback: the callback is not a function");
      const handle = ++idleHandles;
      const run = () => {
        if (!idle.delete(handle)) return;
        let left = 12; // ms; each look at the clock costs one, so that who works until it is over comes to an end
        callback(Object.setPrototypeOf({ didTimeout: false, timeRemaining: () => left > 0 ? left-- : 0 }, IdleDeadline.prototype));
      };
      idle.set(handle, frameOf(() => {
        idle.set(handle, 0);
        postTask(run, { priority: "user-visible" });
      }));
      return handle;
    });
    define(globalThis, "cancelIdleCallback", function cancelIdleCallback(handle) {
      cancelFrame(idle.get(handle));
      idle.delete(handle);
    });
  }
