using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace LlmMemory.Core.Tests.Hub;

/// <summary>A request that a <see cref="FakeServer"/> received.</summary>
internal sealed record FakeRequest(string Target, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>The path as it was sent, escaped, without the query.</summary>
    public string Path => Target.Split('?')[0];

    public string? Token => Headers.GetValueOrDefault("Authorization");

    /// <summary>The range that is asked for, null for the whole.</summary>
    public (long From, long To)? Range
    {
        get
        {
            var ends = Headers.GetValueOrDefault("Range")?.Replace("bytes=", string.Empty, StringComparison.Ordinal).Split('-')
                .Select(end => long.Parse(end, CultureInfo.InvariantCulture))
                .ToArray();
            return ends is null ? null : (ends[0], ends[1]);
        }
    }
}
