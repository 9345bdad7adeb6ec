namespace LlmMemory.Sources.Hub;

/// <summary>How far the reading of a file on the Hub is. Reports come on other threads than the caller's.</summary>
/// <param name="File">The file's path in the model.</param>
/// <param name="ReceivedBytes">Bytes that were read of it so far.</param>
/// <param name="FileBytes">Bytes that the whole file has, of which only the header is read; null while unknown.</param>
public sealed record HubProgress(string File, long ReceivedBytes, long? FileBytes);
