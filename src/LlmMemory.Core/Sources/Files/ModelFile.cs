namespace LlmMemory.Sources.Files;

/// <summary>One file of a model.</summary>
/// <param name="Path">Where it stands in the model's folder, with forward slashes: <c>onnx/model.onnx</c>.</param>
/// <param name="Length">Its bytes; null where the place that lists it does not say.</param>
public sealed record ModelFile(string Path, long? Length);
