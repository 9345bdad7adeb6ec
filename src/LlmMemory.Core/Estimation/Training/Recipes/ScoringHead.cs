using System.Collections.Generic;
using System.Linq;
using LlmMemory.DataTypes;
using LlmMemory.Models;

namespace LlmMemory.Estimation.Training.Recipes;

/// <summary>
/// A model for sequence classification with one label: a score in the place of the head. Source: huggingface/transformers
/// src/transformers/modeling_layers.py, GenericForSequenceClassification: score = nn.Linear(hidden_size, num_labels, bias=False).
/// </summary>
internal static class ScoringHead
{
    /// <summary>The tensors with a score instead of a head; an embedding that was the head too stays.</summary>
    /// <param name="tensors">The tensors of a language model.</param>
    /// <param name="hiddenSize">The width of its hidden states.</param>
    /// <param name="storedAs">How the score is stored.</param>
    public static IEnumerable<ModelTensor> InPlaceOfHead(IEnumerable<ModelTensor> tensors, long hiddenSize, DataType storedAs)
    {
        return tensors
            .Where(tensor => tensor.RoleKind != TensorRole.Head)
            .Append(new ModelTensor("score.weight", ModelPart.Text, TensorRole.Head, null, [1, hiddenSize], storedAs));
    }
}
