using Helios.Browser;

namespace Helios.Page.Requests;

/// <summary>A request that the browser holds until it is answered, in the session that reported it and no other.</summary>
/// <param name="Text"><c>requestId</c> of Fetch.requestPaused.</param>
/// <param name="Sender">Session of the event, which receives the answer.</param>
internal readonly record struct RequestId(string Text, DevToolsSession Sender);
