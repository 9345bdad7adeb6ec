using System;
using LlmMemory.Sources.Files;

namespace LlmMemory.Models.Reading;

/// <summary>What a user may say about a model that is read.</summary>
public sealed record ModelReadingOptions
{
    /// <summary>The family whose rules apply although the configuration names another; null for its own.</summary>
    public string? Architecture { get; init; }

    /// <summary>True to read the language model alone and leave towers and projectors out.</summary>
    public bool TextOnly { get; init; }

    /// <summary>
    /// The quantisation that is meant where GGUF files of several lie side by side, as their names have it
    /// (<c>Q4_K_M</c>), or the name of one of the files; null where there is one alone.
    /// </summary>
    public string? Variant { get; init; }

    /// <summary>Told of each file that was read, from the threads that read; nobody when null.</summary>
    public IProgress<FileReading>? Readings { get; init; }
}
