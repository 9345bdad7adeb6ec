using System;
using System.Collections.Generic;

namespace LlmMemory.Sources.Catalogue;

/// <summary>One line of the catalogue's file.</summary>
/// <param name="Facts">What it says about the model, by name.</param>
/// <param name="File">The bytes of the file.</param>
/// <param name="ConfigOffset">Where the model's configuration starts.</param>
/// <param name="ConfigLength">How many bytes it has.</param>
internal sealed record CatalogueLine(
    IReadOnlyDictionary<string, string> Facts, byte[] File, int ConfigOffset, int ConfigLength)
{
    /// <summary>The configuration's bytes.</summary>
    public byte[] GetConfig()
    {
        var config = new byte[ConfigLength];
        Buffer.BlockCopy(File, ConfigOffset, config, 0, ConfigLength);
        return config;
    }
}
