using System;

namespace LlmMemory.Estimation.Training.Configuration;

/// <summary>A kind of configuration file: how it is told from others, and what its keys mean.</summary>
/// <param name="Name">What it is called: <c>Axolotl YAML</c>.</param>
/// <param name="Fits">True for a file whose keys are those of the kind.</param>
/// <param name="Read">Says what a file says.</param>
internal sealed record ConfigurationKind(
    string Name, Func<ConfigurationSection, bool> Fits, Action<ConfigurationSection, ConfigurationDraft> Read);
