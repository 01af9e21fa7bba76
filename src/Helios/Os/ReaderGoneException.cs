using System.IO;

namespace Helios.Os;

/// <summary>Whoever read our stdout has closed it, as <c>head -1</c> does: there is nobody left to write for, and that is fine.</summary>
internal sealed class ReaderGoneException() : IOException("the reader of standard output went away");
