// Follows videos.js in its function: what the page says of its size, rate and length.
  const members = ["width", "height", "fps", "duration"];
  const ownMember = name => Object.hasOwn(window, name) ? window[name] : undefined; // not the element of that id
  /** A number without the noise of computing it, a text in quotes, or the kind of what is neither. */
  const write = value => typeof value === "number" ? String(Number(value.toFixed(9)))
    : typeof value === "string" ? JSON.stringify(value.slice(0, 100))
    : `(${typeof value})`;

  /** Lines of a name, where it is said, and the value. What is said outright comes before what the length of a timeline tells. */
  const findDeclarations = () => {
    const lines = [];
    const say = (name, where, said) => {
      const value = valueOf(said);
      if (value !== undefined && value !== null && value !== "") lines.push([name, where, write(value)].join("\t"));
    };
    for (const owner of ["helios", "__hf"]) for (const name of members) say(name, `window.${owner}.${name}`, ownMember(owner)?.[name]);
    const root = document.querySelector("[data-composition-id]");
    for (const name of members) say(name, `data-${name}`, root?.dataset[name]?.trim());
    say("duration", "window.__helios_gsap_timeline__", media().durationOf(ownMember("__helios_gsap_timeline__")));
    const timelines = ownMember("__timelines") ?? {};
    const ids = Object.keys(timelines);
    const id = root?.dataset.compositionId ?? (ids.length === 1 ? ids[0] : "");
    if (Object.hasOwn(timelines, id)) say("duration", `window.__timelines[${JSON.stringify(id)}]`, media().durationOf(timelines[id]));
    return lines.join("\n");
  };
