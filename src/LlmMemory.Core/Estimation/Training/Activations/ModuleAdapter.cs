namespace LlmMemory.Estimation.Training.Activations;

/// <summary>What stands beside a module whose weights are frozen.</summary>
/// <param name="Rank">The rank of its matrices; 0 for methods without one.</param>
/// <param name="WeightBytes">Bytes of one of its weights.</param>
/// <param name="HasDropout">True where what goes into it passes dropout first.</param>
internal sealed record ModuleAdapter(int Rank, int WeightBytes, bool HasDropout);
