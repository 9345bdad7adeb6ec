using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Estimation.Training.Configuration.Kinds;

namespace LlmMemory.Estimation.Training.Configuration;

/// <summary>The kinds of configuration files that are known, in the order in which a file is compared with them.</summary>
internal static class ConfigurationKinds
{
    private static readonly IReadOnlyList<ConfigurationKind> All =
    [
        TorchtuneConfiguration.Kind,
        AccelerateConfiguration.Kind,
        DeepSpeedConfiguration.Kind,
        PeftConfiguration.Kind,
        LlamaFactoryConfiguration.Kind,
        AxolotlConfiguration.Kind,
        TrainingArgumentsConfiguration.Kind,
    ];

    /// <summary>The kind of a file.</summary>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.TrainingConfigUnknown"/>.</exception>
    public static ConfigurationKind Of(ConfigurationFile file)
    {
        var section = new ConfigurationSection(file);
        return All.FirstOrDefault(kind => kind.Fits(section))
            ?? throw ConfigurationError.Unknown(file.Path, string.Join(", ", All.Select(kind => kind.Name).OrderBy(name => name, StringComparer.OrdinalIgnoreCase)));
    }
}
