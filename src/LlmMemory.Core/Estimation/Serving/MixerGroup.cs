using LlmMemory.Models.Blocks;

namespace LlmMemory.Estimation.Serving;

/// <summary>Layers whose tokens see each other in the same way, so that they cache the same.</summary>
/// <param name="Mixer">The way, its dimensions.</param>
/// <param name="Layers">How many layers there are of it.</param>
internal sealed record MixerGroup(TokenMixer Mixer, int Layers);
