namespace LlmMemory.Estimation.Serving.LlamaCpp.Caches;

/// <summary>A layer that carries a state from token to token.</summary>
/// <param name="Layer">Its number.</param>
/// <param name="Convolution">The elements of the short convolution's inputs, for one sequence (n_embd_r).</param>
/// <param name="State">The elements of the recurrence's state, for one sequence (n_embd_s).</param>
internal readonly record struct RecurrentLayer(int Layer, long Convolution, long State);
