using System.IO;

namespace Helios.Os;

/// <summary>The reader of our stdout has closed it, as <c>head -1</c> does. There is no reader left, which is no error.</summary>
internal sealed class ReaderGoneException() : IOException("the reader of standard output went away");
