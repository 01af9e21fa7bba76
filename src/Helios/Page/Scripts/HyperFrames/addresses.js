// Follows variables.js in its function: files and addresses.
  const Request = XMLHttpRequest; // the page may put others in their places

  const read = url => {
    const request = new Request();
    request.open("GET", url, false);
    try { request.send(); } catch { return null; }
    return request.status >= 200 && request.status < 300 ? request.responseText : null;
  };
  const site = "@SITE@";
  const found = new Map();
  /** Whether a URL of the project is a file; the server says it, and notes what was not there. */
  const isFile = url => {
    if (!url.startsWith(site)) return false;
    if (!found.has(url)) found.set(url, read(`@IS_FILE@${url.slice(site.length)}`) === "yes");
    return found.get(url);
  };
  /**
   * An address in a composition's file, as it is to stand in the page: what begins with "../" counts from the file, and so does what lies
   * next to it; anything else counts from the page.
   */
  const resolve = (address, file) => {
    const text = address.trim();
    if (!file || text === "" || /^([a-z][a-z\d+.-]*:|\/|#|\?)/i.test(text)) return address;
    const url = new URL(text, file);
    return text.startsWith("../") || isFile(url.origin + url.pathname) ? url.href : address;
  };
  const resolveStyle = (text, file) =>
    text.replace(/\burl\(\s*(["']?)([^)"']+)\1\s*\)/g, (_, mark, address) => `url(${mark}${resolve(address, file)}${mark})`);
  const resolveAll = (content, file) => {
    for (const name of ["src", "href", "poster"])
      for (const element of content.querySelectorAll(`[${name}]`)) element.setAttribute(name, resolve(element.getAttribute(name), file));
    for (const element of content.querySelectorAll("[style*='url(']"))
      element.setAttribute("style", resolveStyle(element.getAttribute("style"), file));
  };
