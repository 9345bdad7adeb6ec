namespace LlmMemory.Estimation.Serving.LlamaCpp.Graphs;

/// <summary>Where a graph picks out the rows that logits are computed for.</summary>
internal enum RowPick
{
    /// <summary>In the last layer, after attention.</summary>
    InLastLayer,

    /// <summary>After all layers, before the last normalisation.</summary>
    BeforeLastNorm,

    /// <summary>After the last normalisation.</summary>
    AfterLastNorm,
}
