using System;
using System.Collections.Generic;
using LlmMemory.DataTypes;
using LlmMemory.Models;

namespace LlmMemory.Adapters;

/// <summary>What a method needs to know beside the module: the specification with the defaults in the place of what was not said.</summary>
internal sealed record AdapterSettings
{
    /// <summary>The method.</summary>
    public required AdapterMethod Method { get; init; }

    /// <summary>The rank for all modules; null for methods without one.</summary>
    public int? Rank { get; init; }

    /// <summary>The rows of a block, or LoKr's factor.</summary>
    public int? BlockSize { get; init; }

    /// <summary>The tokens that are trained; 0 for methods without any.</summary>
    public int Tokens { get; init; }

    /// <summary>IA3's modules that are scaled at their input.</summary>
    public IReadOnlyList<string> FeedForwardModules { get; init; } = [];

    /// <summary>How the adapter is stored.</summary>
    public required DataType StoredAs { get; init; }

    /// <summary>How the base model stores a tensor, by its name; its copies are stored so too.</summary>
    public required Func<ModelTensor, DataType> BaseType { get; init; }
}
