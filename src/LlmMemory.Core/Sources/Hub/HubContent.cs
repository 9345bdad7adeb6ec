namespace LlmMemory.Sources.Hub;

/// <summary>What came back for a <see cref="HubRequest"/>.</summary>
/// <param name="Bytes">The bytes that were asked for; fewer where the file ends before.</param>
/// <param name="FileLength">Bytes of the whole file; null where the server did not say.</param>
internal sealed record HubContent(byte[] Bytes, long? FileLength);
