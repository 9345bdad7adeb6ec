using System;
using System.Collections.Generic;
using LlmMemory.Naming;
using LlmMemory.Quantities;
using LlmMemory.Sources.Config;

namespace LlmMemory.Sources.Catalogue;

/// <summary>
/// A model of the built-in catalogue: its configuration's dimensions, the total that its authors or its hub publish,
/// and where both were read. Its tensors follow from the dimensions.
/// </summary>
public sealed class CatalogueEntry : INamed
{
    private readonly Func<byte[]> _config;

    internal CatalogueEntry(IReadOnlyDictionary<string, string> facts, IReadOnlyList<string> aliases, Func<byte[]> config)
    {
        Name = facts["name"];
        Id = facts["id"];
        Aliases = aliases;
        Family = facts["family"];
        Parameters = ParameterCount.Parse(facts["parameters"]);
        PublishedParameters = facts.TryGetValue("published", out var published) ? ParameterCount.Parse(published) : null;
        PublishedBy = Get(facts, "publishedBy");
        DimensionsFrom = facts["dimensionsFrom"];
        IsVerified = facts["support"] is "A" or "B";
        Attention = facts["attention"];
        ContextLength = facts.TryGetValue("context", out var context) ? ParameterCount.Parse(context) : null;
        Released = Get(facts, "released");
        Licence = Get(facts, "licence");
        PublishedQuantization = Get(facts, "quantization");
        Note = Get(facts, "note");
        _config = config;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>The model's name on the hub: <c>meta-llama/Llama-3.1-8B</c>.</summary>
    public string Id { get; }

    /// <summary>The hub's name, and its part after the owner where no other entry has the same.</summary>
    public IReadOnlyList<string> Aliases { get; }

    /// <summary>The line of models that it belongs to: Llama, Qwen.</summary>
    public string Family { get; }

    /// <summary>All weights, as the tensors add up to; a test holds both together.</summary>
    public long Parameters { get; }

    /// <summary>The published total; null where none was found. It may count buffers, scales or a tied head twice.</summary>
    public long? PublishedParameters { get; }

    /// <summary>Where the published total was read; null where there is none.</summary>
    public string? PublishedBy { get; }

    /// <summary>Where the dimensions were read.</summary>
    public string DimensionsFrom { get; }

    /// <summary>True where the count equals a published total to the last digit.</summary>
    public bool IsVerified { get; }

    /// <summary>The tokens that the model was made for, null where that is not known.</summary>
    public long? ContextLength { get; }

    /// <summary>How tokens see each other, in a word and two numbers: <c>GQA 32:8</c>.</summary>
    public string Attention { get; }

    /// <summary>The month of release, year first; null where it is not known.</summary>
    public string? Released { get; }

    /// <summary>The licence; null where it is not known.</summary>
    public string? Licence { get; }

    /// <summary>How the weights are published, where not as plain floats: <c>FP8-Block</c>; else null.</summary>
    public string? PublishedQuantization { get; }

    /// <summary>What is particular about it; null for nothing.</summary>
    public string? Note { get; }

    /// <inheritdoc/>
    public string Description
    {
        get
        {
            var context = ContextLength is { } tokens ? $", {TokenCount.Format(tokens)} context" : string.Empty;
            return $"{ParameterCount.FormatShort(Parameters)} parameters{context}, {Attention}";
        }
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        return Name;
    }

    /// <summary>The configuration that the model is derived from.</summary>
    internal ModelConfig ReadConfig()
    {
        return ModelConfig.Parse(_config(), Name);
    }

    private static string? Get(IReadOnlyDictionary<string, string> facts, string name)
    {
        return facts.TryGetValue(name, out var value) ? value : null;
    }
}
