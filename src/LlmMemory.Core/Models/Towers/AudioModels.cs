using System.Collections.Generic;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Models.Towers;

/// <summary>
/// Language models that listen through Whisper's encoder: Qwen2-Audio with one linear layer behind it, Voxtral with
/// two that read four frames at once. Sources: transformers/models/qwen2_audio/modeling_qwen2_audio.py,
/// voxtral/modeling_voxtral.py.
/// </summary>
internal static class AudioModels
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<TowerFamily> All { get; } =
    [
        new(BuildQwen, "qwen2_audio") { TextModelType = "qwen2", LanguageModel = LanguageModelNames.Before },
        new(BuildVoxtral, "voxtral") { TextModelType = "llama", LanguageModel = LanguageModelNames.Before },
    ];

    private static IReadOnlyList<ModelSection> BuildQwen(TowerConfig config)
    {
        var audio = config.Audio("qwen2_audio_encoder");
        return
        [
            WhisperEncoder.Build(audio),
            AudioProjectors.Of(
                Projectors.Prefix,
                new Linear(TensorRole.Projection, "linear", audio.Int("d_model"), config.TextHiddenSize, Bias: true)),
        ];
    }

    private static IReadOnlyList<ModelSection> BuildVoxtral(TowerConfig config)
    {
        // Four frames side by side are as wide as the encoder's feed-forward network, and the class reads that field.
        var audio = config.Audio("voxtral_encoder");
        return
        [
            WhisperEncoder.Build(audio),
            AudioProjectors.Of(
                Projectors.Prefix,
                Projectors.TwoLayers(audio.Int("intermediate_size"), config.TextHiddenSize, config.TextHiddenSize, bias: false)),
        ];
    }
}
