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
    private readonly CatalogueLine _line;
    private readonly Lazy<IReadOnlyDictionary<string, string>> _facts;

    internal CatalogueEntry(CatalogueLine line, IReadOnlyList<string> aliases)
    {
        _line = line;
        _facts = new Lazy<IReadOnlyDictionary<string, string>>(line.ReadFacts);
        Aliases = aliases;
    }

    /// <inheritdoc/>
    public string Name => _line.Name;

    /// <summary>The model's name on the hub: <c>meta-llama/Llama-3.1-8B</c>.</summary>
    public string Id => _line.Id;

    /// <summary>The hub's name, and its part after the owner where no other entry has the same.</summary>
    public IReadOnlyList<string> Aliases { get; }

    /// <summary>The line of models that it belongs to: Llama, Qwen.</summary>
    public string Family => _facts.Value["family"];

    /// <summary>All weights, as the tensors add up to; a test holds both together.</summary>
    public long Parameters => ParameterCount.Parse(_facts.Value["parameters"]);

    /// <summary>The published total; null where none was found. It may count buffers, scales or a tied head twice.</summary>
    public long? PublishedParameters => Count("published");

    /// <summary>Where the published total was read; null where there is none.</summary>
    public string? PublishedBy => Text("publishedBy");

    /// <summary>Where the dimensions were read.</summary>
    public string DimensionsFrom => _facts.Value["dimensionsFrom"];

    /// <summary>True where the count equals a published total to the last digit.</summary>
    public bool IsVerified => _facts.Value["support"] is "A" or "B";

    /// <summary>The tokens that the model was made for, null where that is not known.</summary>
    public long? ContextLength => Count("context");

    /// <summary>How tokens see each other, in a word and two numbers: <c>GQA 32:8</c>.</summary>
    public string Attention => _facts.Value["attention"];

    /// <summary>The month of release, year first; null where it is not known.</summary>
    public string? Released => Text("released");

    /// <summary>The licence; null where it is not known.</summary>
    public string? Licence => Text("licence");

    /// <summary>How the weights are published, where not as plain floats: <c>FP8-Block</c>; else null.</summary>
    public string? PublishedQuantization => Text("quantization");

    /// <summary>What is particular about it; null for nothing.</summary>
    public string? Note => Text("note");

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
        return ModelConfig.Parse(_line.ReadConfig(), Name);
    }

    private string? Text(string fact)
    {
        return _facts.Value.TryGetValue(fact, out var value) ? value : null;
    }

    private long? Count(string fact)
    {
        return Text(fact) is { } value ? ParameterCount.Parse(value) : null;
    }
}
