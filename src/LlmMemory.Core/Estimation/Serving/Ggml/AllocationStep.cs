namespace LlmMemory.Estimation.Serving.Ggml;

/// <summary>A node on its turn.</summary>
/// <param name="Node">The node.</param>
/// <param name="Buffer">The buffer of the device that computes it.</param>
internal readonly record struct AllocationStep(GraphTensor Node, BufferPlan Buffer);
