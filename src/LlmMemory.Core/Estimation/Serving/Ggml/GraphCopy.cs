namespace LlmMemory.Estimation.Serving.Ggml;

/// <summary>A tensor that is copied to another device.</summary>
/// <param name="Original">The tensor.</param>
/// <param name="Copies">Its copies, one for each batch that is under way; the first is the one that is computed with.</param>
internal sealed record GraphCopy(GraphTensor Original, GraphTensor[] Copies);
