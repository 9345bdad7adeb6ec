namespace LlmMemory.Estimation.Training.Activations;

/// <summary>Something that autograd keeps of a layer for its backward pass, or that is there while that runs.</summary>
/// <param name="Name">What it is: <c>gate_proj output</c>.</param>
/// <param name="BytesPerToken">What it takes for each token of the micro batch.</param>
/// <param name="Source">Where it is seen that it is kept.</param>
internal readonly record struct KeptTensor(string Name, decimal BytesPerToken, string Source);
