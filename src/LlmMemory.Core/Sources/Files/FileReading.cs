namespace LlmMemory.Sources.Files;

/// <summary>One reading of a model's file, told when it is over.</summary>
/// <param name="Path">The file's <see cref="ModelFile.Path"/>.</param>
/// <param name="Bytes">Bytes that were read of it: of weight files the header alone.</param>
public sealed record FileReading(string Path, long Bytes);
