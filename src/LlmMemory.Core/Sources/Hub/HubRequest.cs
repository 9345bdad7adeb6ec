using System;

namespace LlmMemory.Sources.Hub;

/// <summary>One thing that is asked of the Hub, with what messages say about it.</summary>
internal sealed record HubRequest
{
    /// <summary>The model.</summary>
    public required string ModelId { get; init; }

    /// <summary>The revision as the user gave it.</summary>
    public required string Revision { get; init; }

    /// <summary>The file; null for the description of the model.</summary>
    public string? File { get; init; }

    /// <summary>Where it is asked for.</summary>
    public required Uri Address { get; init; }

    /// <summary>Where what it costs is counted.</summary>
    public required HubTally Tally { get; init; }

    /// <summary>The first byte that is wanted.</summary>
    public long Start { get; init; }

    /// <summary>How many bytes are wanted at most. A whole file that is longer is refused.</summary>
    public required int Count { get; init; }

    /// <summary>How much may be read to get at a range where the server sends the whole file.</summary>
    public long MaxSkippedBytes { get; init; }

    /// <summary>True to ask for these bytes alone; false for a whole file.</summary>
    public bool IsRange { get; init; }

    /// <summary>What is asked for, for messages: <c>config.json of owner/name</c>.</summary>
    public string Subject => File is null ? ModelId : $"{File} of {ModelId}";
}
