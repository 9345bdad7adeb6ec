using LlmMemory.Estimation.Serving.LlamaCpp.Caches;

namespace LlmMemory.Estimation.Serving.LlamaCpp.Compute;

/// <summary>What compute buffers are asked for: a model in a context, laid out over devices.</summary>
/// <param name="Model">The model.</param>
/// <param name="Settings">The settings, checked.</param>
/// <param name="Context">The context.</param>
/// <param name="Placement">Where the layers lie.</param>
/// <param name="Caches">The caches.</param>
internal sealed record ComputeRequest(
    LlamaCppModel Model, LlamaCppSettings Settings, LlamaCppContext Context, LlamaCppPlacement Placement, CacheBuffers Caches)
{
    /// <summary>The widths of the model.</summary>
    public ComputeShape Shape => Model.Shape;

    /// <summary>The tokens of the graph.</summary>
    public long Tokens => Context.Tokens;

    /// <summary>The bytes of one element of each token's hidden state.</summary>
    public long TokenBytes => 4 * Context.Tokens;

    /// <summary>The bytes of one hidden state for each token.</summary>
    public long HiddenBytes => TokenBytes * Shape.Hidden;
}
