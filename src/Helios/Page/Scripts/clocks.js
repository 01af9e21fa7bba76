// Follows shared.js in its function, in every frame of a page and in every worker: all that tells the time tells it by one clock, and what
// tells of the machine is the same on all of them.
  /**
   * Date at a time of the page's clock, whole ms, rounded up: otherwise frames at ms + 1/3 would be counted one too few by a page that
   * counts them from the Date of another frame. The hundredth is above what is added to the time stamps of frames (PageTimes.Growth).
   */
  const dateAt = (epoch, time) => epoch + Math.ceil(time - 0.004);
  /** Replaces the clock of Date by one that gives whole ms since 1970. */
  const replaceDate = today => {
    const RealDate = Date;
    RealDate.now = today;
    const date = new Proxy(RealDate, {
      construct: (target, values, self) =>
        Reflect.construct(target, values.length === 0 ? [today()] : values, self === date ? target : self),
      apply: () => new RealDate(today()).toString(),
    });
    define(RealDate.prototype, "constructor", date);
    define(globalThis, "Date", date);
  };

  /** The same of Temporal and of formats, which look at the clock by themselves. */
  const replaceOtherDates = today => {
    const { Temporal } = globalThis;
    if (Temporal?.Now) {
      const instant = () => Temporal.Instant.fromEpochMilliseconds(today());
      const zoned = zone => instant().toZonedDateTimeISO(zone === undefined ? Temporal.Now.timeZoneId() : zone);
      define(Temporal.Now, "instant", { instant }.instant);
      define(Temporal.Now, "zonedDateTimeISO", { zonedDateTimeISO: zone => zoned(zone) }.zonedDateTimeISO);
      for (const kind of ["PlainDateTime", "PlainDate", "PlainTime"]) {
        const name = `p${kind.slice(1)}ISO`;
        define(Temporal.Now, name, { [name]: zone => zoned(zone)[`to${kind}`]() }[name]);
      }
    }
    const prototype = Intl.DateTimeFormat.prototype;
    const bound = new WeakMap(); // one function each, as the browser has it
    replaceGetter(prototype, "format", (format, formatter) => {
      if (!bound.has(formatter)) bound.set(formatter, date => format(date === undefined ? today() : date));
      return bound.get(formatter);
    });
    const toParts = prototype.formatToParts;
    define(prototype, "formatToParts", function formatToParts(date) { return toParts.call(this, date === undefined ? today() : date); });
    const RealFile = globalThis.File;
    if (RealFile) {
      const file = new Proxy(RealFile, {
        construct: (target, [parts, name, options, ...rest], self) =>
          Reflect.construct(
            target,
            parts === undefined || name === undefined ? [] : [parts, name, { lastModified: today(), ...options }, ...rest],
            self === file ? target : self,
          ),
      });
      define(RealFile.prototype, "constructor", file);
      define(globalThis, "File", file);
    }
  };

  /** When something was shown, and how long that took, is measured by another process: there are no such entries. */
  const hideChanceEntries = () => {
    const byChance = new Set([
      "paint",
      "largest-contentful-paint",
      "element",
      "event",
      "first-input",
      "longtask",
      "long-animation-frame",
      "interaction-contentful-paint",
      "container",
    ]);
    for (const name of ["getEntries", "getEntriesByType", "getEntriesByName"]) {
      const real = globalThis.Performance?.prototype[name];
      if (real)
        define(
          Performance.prototype,
          name,
          {
            [name](...values) {
              return real.apply(this, values).filter(({ entryType }) => !byChance.has(entryType));
            },
          }[name],
        );
    }
    const { PerformanceObserver } = globalThis;
    const observe = PerformanceObserver?.prototype.observe;
    if (observe) define(PerformanceObserver.prototype, "observe", { observe(options) {
      const entryTypes = options?.entryTypes?.filter?.(type => !byChance.has(type));
      if (byChance.has(options?.type) || (entryTypes?.length === 0 && options.entryTypes.length > 0)) return undefined;
      return observe.call(this, entryTypes ? { ...options, entryTypes } : options);
    } }.observe);
    replaceGetter(PerformanceObserver, "supportedEntryTypes", types => Object.freeze(types.filter(type => !byChance.has(type))));
  };

  /** What tells of the machine. */
  const replaceMachine = () => {
    const memory = Object.freeze({ jsHeapSizeLimit: 4294705152, totalJSHeapSize: 10000000, usedJSHeapSize: 10000000 });
    replaceGetter(globalThis.Performance?.prototype, "memory", () => memory);

    for (const owner of [globalThis.Navigator, globalThis.WorkerNavigator]) {
      replaceGetter(owner?.prototype, "hardwareConcurrency", () => 4);
      replaceGetter(owner?.prototype, "deviceMemory", () => 8);
    }
    const network = globalThis.NetworkInformation?.prototype;
    for (const [name, value] of [
      ["rtt", 50],
      ["downlink", 10],
      ["effectiveType", "4g"],
      ["saveData", false],
    ])
      replaceGetter(network, name, () => value);
  };

  /**
   * What the browser measures. A request takes no time on the page's clock, so all its times are the one at which it began.
   * @param toPage what the page reads of a time stamp of the browser
   * @param today  whole ms since 1970
   */
  const replaceMeasures = (toPage, today) => {
    const resource = globalThis.PerformanceResourceTiming?.prototype;
    const navigation = globalThis.PerformanceNavigationTiming?.prototype;
    const isTime =
      /^(worker|fetch|redirect|domain|domainLookup|connect|secureConnection|request|response|firstInterimResponse|finalResponseHeaders|unloadEvent|domContentLoadedEvent|loadEvent|activation|critical\w*)(Start|End|LookupStart)$|^dom(Interactive|Complete)$/;
    for (const prototype of [resource, navigation]) {
      for (const name of Object.getOwnPropertyNames(prototype ?? {}))
        if (isTime.test(name)) replaceGetter(prototype, name, (value, entry) => value > 0 ? entry.startTime : value);
    }
    replaceGetter(globalThis.PerformanceEntry?.prototype, "startTime", toPage);
    replaceGetter(globalThis.PerformanceEntry?.prototype, "duration",
      (value, entry) => resource && entry instanceof PerformanceResourceTiming ? 0 : Math.round(value * 10) / 10);
    replaceGetter(globalThis.PerformanceEntry?.prototype, "navigationId", () => 1); // a random number
    for (const kind of Object.getOwnPropertyNames(globalThis).filter(name =>
      /^(Performance|Largest|LayoutShift|Task|Visibility)/.test(name),
    )) {
      const prototype = globalThis[kind]?.prototype;
      const toJson = prototype && Object.hasOwn(prototype, "toJSON") && prototype.toJSON;
      if (toJson) define(prototype, "toJSON", function toJSON() {
        const values = toJson.call(this); // those of the browser
        for (const name of Object.keys(values)) if (typeof values[name] === "number") values[name] = this[name];
        return values;
      });
    }
    const began = today();
    const { PerformanceTiming } = globalThis;
    for (const name of Object.getOwnPropertyNames(PerformanceTiming?.prototype ?? {}))
      replaceGetter(PerformanceTiming.prototype, name, value => (value > 0 ? began : value));
  };

  /** Puts everything that tells the time on one clock, and what tells of the machine on one machine. */
  const replaceClocks = (toPage, today) => {
    replaceDate(today);
    replaceOtherDates(today);
    replaceMeasures(toPage, today);
    hideChanceEntries();
    replaceMachine();
  };
