// Imported by es-modules.html while it runs.
export default ", and a late one";
