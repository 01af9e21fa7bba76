// Runs after shared.js in every frame of a page, before any of its scripts, and begins the function in which the other files of this
// directory follow. Puts everything that tells the time on the page's clock, and keeps the few facts that helios asks for; the values
// between @ are filled in. The page finds only its props of all this.
  // The same of frames of this site, found through their parent; another site's have their own.
  const family = (() => {
    try {
      return window !== window.parent ? window.parent.__helios_facts : undefined;
    } catch {
      return undefined;
    }
  })();

  // What helios must look at again: elements that load something may have come. What is wrong with the page, or cannot be
  // rendered, is said once, for the whole family. A hook that is awaited has frames and timers of its own at the same time.
  const state = family
    ? family.state
    : {
        changes: 1,
        refusal: "",
        isLoading: true,
        isAwaited: false,
        usesWebGl: false,
        needsDisplay: "",
        round: 0,
        drawn: 0,
        hasRun: false,
        asksTime: true,
        stop: -2,
        remarks: new Set(),
        heard: new Set(),
        frames: new Set(),
        timers: new Set(),
      };

  // Milliseconds on the page's clock when the document began. The browser's own count begins within 0.1 ms of the epoch.
  const born = family ? family.born + family.now() : window === window.top ? 0 : Math.round(performance.timeOrigin) - @EPOCH@;

  // The browser's time stamps are points of a grid of 0.1 ms, which lies above the time of most frames by a part of that, and it takes what
  // lies between two points to either by chance. A page that counts frames needs their own times (PageTimes.PageTimeOf).
  const NEAR = 0.26; // ms: a point of the grid, the next one by chance, and the same of where a frame element's document began
  /** The animation frame at the time of a frame of the video (PageTimes.At). */
  const stepsUntil = shot => Math.floor(shot * @STEPS@ / @PER_STEPS@);
  /** Time of an animation frame on the timeline, in parts of a millisecond of which @PER_LENGTH@ are one. */
  const partsOf = frame => {
    const shot = Math.ceil((frame + 1) * @PER_STEPS@ / @STEPS@) - 1;
    const first = stepsUntil(shot);
    return shot * @LENGTH@ + (frame - first) * @LENGTH@ / (stepsUntil(shot + 1) - first);
  };
  const frameTimeOf = frame => frame === 0 ? @LEAD@ - 0.1 : @LEAD@ + partsOf(frame) / @PER_LENGTH@ * @GROWTH@;
  const frameAt = time => {
    const shots = (time - @LEAD@) * @PER_LENGTH@ / @LENGTH@;
    const shot = Math.max(0, Math.floor(shots));
    const first = stepsUntil(shot);
    return Math.max(0, first + Math.round((shots - shot) * (stepsUntil(shot + 1) - first)));
  };
  const isAtFrame = time => Math.abs(time - frameTimeOf(frameAt(time))) < NEAR;
  // Before 0.15 ms it is still 0: a frame at the very start may have to be asked for several times.
  const toGrid = value => typeof value !== "number" ? value : value >= 0 && value < 0.15 ? 0 : Math.round(value * 10) / 10;
  /** What the page reads of a time stamp of the browser. */
  const toPage = value => {
    if (typeof value !== "number") return value;
    const time = value + born;
    if (isAtFrame(time)) return frameTimeOf(frameAt(time)) - born;
    return toGrid(value - missOf(value) / 10);
  };
  /**
   * How many points of the grid a time stamp has missed the last stop of the clock by, at most one: a timer may run a microsecond later.
   */
  const missOf = value => {
    const miss = Math.round((value + origin) * 10) - state.stop;
    return Math.abs(miss) === 1 ? miss : 0;
  };
  /** The point of the clock's grid that a time stamp stands for, 0.1 ms (PageTimes.ClockOf). */
  const pointOf = value => {
    const frame = frameAt(value + born);
    if (isAtFrame(value + born))
      return @LEAD@ * 10 + (frame === 0 ? -1 : Math.ceil(((partsOf(frame) * 10) / @PER_LENGTH@) * (2 * @GROWTH@ - 1)));
    return toGrid(value + origin) === 0 ? 0 : Math.round((value + origin) * 10) - missOf(value);
  };
  const realNow = Performance.prototype.now;
  // of this document on the browser's clock, ms; its own statement is a point of the grid or the next, by chance
  const origin = family ? family.clock() : window === window.top ? 0 : Math.round((performance.timeOrigin - @EPOCH@) * 10) / 10;
  define(Performance.prototype, "now", function now() { state.asksTime = true; return toPage(realNow.call(this)); });
  replaceGetter(Event.prototype, "timeStamp", toPage);
  const timelineTime = Object.getOwnPropertyDescriptor(AnimationTimeline.prototype, "currentTime").get;
  replaceGetter(globalThis.AnimationTimeline?.prototype, "currentTime", time => { state.asksTime = true; return toPage(time); });
  replaceGetter(globalThis.IntersectionObserverEntry?.prototype, "time", toPage);

  const now = () => toPage(realNow.call(performance)); // the page may put another in its place
  replaceGetter(Performance.prototype, "timeOrigin", () => @EPOCH@ + born);
  replaceClocks(toPage, () => {
    state.asksTime = true;
    return dateAt(@EPOCH@, born + now());
  });
  /** Seconds on the timeline: what happens in a frame happens when the frame is shown, anything else by the page's clock. */
  const timeline = () => {
    const time = born + now();
    return (isAtFrame(time) ? partsOf(frameAt(time)) / @PER_LENGTH@ : time) / 1000;
  };

  // Frames of another site and sandboxed ones cannot be asked, so they tell (PageTraits).
  const binding = globalThis.__helios_tell;
  delete globalThis.__helios_tell;
  const isAlone = !family && window !== window.top;
  if (isAlone) state.tell = binding;
  /** Keeps the first value of a member of the state. */
  const note = (name, value) => {
    if (state[name]) return;
    state[name] = value;
    state.tell?.(`${name} ${value}`);
  };
  const refuse = reason => { note("refusal", reason); };
  if (hasHtmlInCanvas && !("drawElementImage" in CanvasRenderingContext2D.prototype))
    refuse("the page draws HTML in a canvas element, and this browser is too old for that: it lacks drawElementImage");

  const noteWebGl = () => { note("usesWebGl", true); };
  const refuseLostWebGl = () => { refuse("the page lost a WebGL context: it has more than 256 of them, or memory is short"); };
  followContexts(noteWebGl, refuseLostWebGl, canvas => canvas.isConnected || canvases.isGiven(canvas), () => state.drawn);

  const MOST_REMARKS = 20; // a page may make one in each frame
  const noteRemark = remark => { if (state.remarks.size < MOST_REMARKS) state.remarks.add(remark); };
  replaceConnections(noteRemark);

  const canvases = keepCanvases(refuse);
