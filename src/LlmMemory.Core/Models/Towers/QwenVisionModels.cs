using System.Collections.Generic;

namespace LlmMemory.Models.Towers;

/// <summary>
/// Qwen's vision language models, whose towers end in a merger of patches that leads into the language model. Until
/// 2.5 the tower stands beside the language model; from 3 on both stand inside <c>model.</c>
/// </summary>
internal static class QwenVisionModels
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<TowerFamily> All { get; } =
    [
        new(Qwen2VlTower.Build, "qwen2_vl") { TextModelType = "qwen2_vl_text" },
        new(Qwen25VlTower.Build, "qwen2_5_vl") { TextModelType = "qwen2_5_vl_text" },
        new(Qwen3VlTower.Build, "qwen3_vl") { TextModelType = "qwen3_vl_text", LanguageModel = LanguageModelNames.Inside },
        new(Qwen3VlTower.Build, "qwen3_vl_moe") { TextModelType = "qwen3_vl_moe_text", LanguageModel = LanguageModelNames.Inside },
        new(Qwen3VlTower.BuildPlain, "qwen3_5") { TextModelType = "qwen3_5_text", LanguageModel = LanguageModelNames.Inside },
        new(Qwen3VlTower.BuildPlain, "qwen3_5_moe") { TextModelType = "qwen3_5_moe_text", LanguageModel = LanguageModelNames.Inside },
    ];
}
