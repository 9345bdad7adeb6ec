using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Naming;

namespace LlmMemory.Sources.Local;

/// <summary>A model that one of the stores on this machine holds.</summary>
public sealed record LocalModel
{
    internal LocalModel(string store, string name, string path, IEnumerable<LocalModelFile> files)
    {
        Store = store;
        Name = name;
        Path = path;
        Files = new DetailList<LocalModelFile>(files.ToList());
        Bytes = Files.Sum(file => file.Bytes ?? 0);
        IsComplete = Files.Any(file => file.Kind == LocalFileKind.Weights) && Files.All(file => file.Bytes is not null);
    }

    /// <summary>Where it was found, one of <see cref="LocalStoreName"/>.</summary>
    public string Store { get; }

    /// <summary>What that store calls it: <c>meta-llama/Llama-3.1-8B</c>, <c>llama3.1:8b</c>.</summary>
    public string Name { get; }

    /// <summary>What to open: a folder with config.json and safetensors files, or a GGUF file.</summary>
    public string Path { get; }

    /// <summary>The branches or tags that it is at, or its commit; null where the store keeps none.</summary>
    public string? Revision { get; init; }

    /// <summary>The commit of the Hub that it is a copy of; null where the store keeps none.</summary>
    public string? Commit { get; init; }

    /// <summary>Its files, weights first.</summary>
    public DetailList<LocalModelFile> Files { get; }

    /// <summary>Bytes of all its files that are there.</summary>
    public long Bytes { get; }

    /// <summary>
    /// False where weights are missing: a download that was interrupted, or of which only the configuration was asked
    /// for, or a model that runs elsewhere.
    /// </summary>
    public bool IsComplete { get; init; }

    /// <summary>Two records are equal when they are of the same model in the same place.</summary>
    /// <param name="other">The other record.</param>
    public bool Equals(LocalModel? other)
    {
        return other is not null && Store == other.Store && Name == other.Name && Path == other.Path;
    }

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        return StringComparer.Ordinal.GetHashCode(Path);
    }

    /// <summary>The name and the store in one line.</summary>
    public override string ToString()
    {
        return $"{Name} ({Store}{(IsComplete ? string.Empty : ", incomplete")})";
    }
}
