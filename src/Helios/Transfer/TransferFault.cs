namespace Helios.Transfer;

/// <summary>Why a transfer failed, as far as helios decides on it.</summary>
internal enum TransferFault
{
    /// <summary>Another try of the whole task may help.</summary>
    Failed,

    /// <summary>There is no such object, folder or bucket.</summary>
    Missing,

    /// <summary>Not signed in, or no right to it.</summary>
    Denied,

    /// <summary>The store asks for fewer requests, or has an error of its own: the call is tried again after a pause.</summary>
    Throttled,
}
