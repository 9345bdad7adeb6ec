namespace LlmMemory.Sources.Local;

/// <summary>One file of a model on this machine.</summary>
/// <param name="Path">Its full path.</param>
/// <param name="Bytes">Its length; null where it is not there although the store says so.</param>
/// <param name="Kind">What it is for.</param>
public sealed record LocalModelFile(string Path, long? Bytes, LocalFileKind Kind);
