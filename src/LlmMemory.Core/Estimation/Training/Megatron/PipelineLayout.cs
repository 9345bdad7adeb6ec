using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using LlmMemory.Errors;

namespace LlmMemory.Estimation.Training.Megatron;

/// <summary>
/// Megatron's notation for uneven pipelines: E the embedding, t a layer, m multi-token prediction, L the loss, | the end
/// of a piece, *n a repetition, brackets around what is repeated. Source: NVIDIA/Megatron-LM
/// megatron/core/transformer/pipeline_parallel_layer_layout.py.
/// </summary>
internal static class PipelineLayout
{
    // Longer than any model is deep.
    private const int MaxLength = 4096;

    private const string Example = "Write for example 'Et*3|(tt|)*14t*3L'.";

    /// <summary>Reads a layout.</summary>
    /// <param name="text">The layout.</param>
    /// <param name="layers">The layers of the model.</param>
    /// <param name="mtp">Its layers of multi-token prediction.</param>
    /// <returns>The layers of each piece, in the order of the model.</returns>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.TrainingSettingInvalid"/>.</exception>
    public static List<IReadOnlyList<int>> Parse(string text, int layers, int mtp)
    {
        var pieces = Split(text);
        var named = pieces.Sum(piece => piece.Count(letter => letter == 't'));
        MegatronRule.Require(named == layers, text, $"{Quoted.Value(text)} has {named} layers, and the model has {layers}. {Example}");
        MegatronRule.Require(
            IsAlone(pieces, 'E', pieces[0]) && pieces[0].StartsWith("E", System.StringComparison.Ordinal)
            && IsAlone(pieces, 'L', pieces[pieces.Length - 1]) && pieces[pieces.Length - 1].EndsWith("L", System.StringComparison.Ordinal),
            text,
            $"{Quoted.Value(text)} has to begin with the embedding, E, and to end with the loss, L. {Example}");
        var predicted = pieces.Sum(piece => piece.Count(letter => letter == 'm'));
        MegatronRule.Require(
            predicted == mtp && pieces[pieces.Length - 1].Count(letter => letter == 'm') == predicted,
            text,
            $"{Quoted.Value(text)} has {predicted} layers of multi-token prediction, and -MtpLayers is {mtp}; they stand in the last piece. {Example}");
        return Numbered(pieces);
    }

    /// <summary>How many pieces a layout has.</summary>
    /// <param name="text">The layout.</param>
    /// <param name="stages">The stages, which have to divide them.</param>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.TrainingSettingInvalid"/>.</exception>
    public static int Pieces(string text, int stages)
    {
        var pieces = Split(text).Length;
        MegatronRule.Require(
            pieces % stages == 0, text, $"{Quoted.Value(text)} has {pieces} pieces, which {stages} stages cannot share evenly. {Example}");
        return pieces;
    }

    private static string[] Split(string text)
    {
        var position = 0;
        return Written(text, ref position, isInner: false).Split('|');
    }

    private static List<IReadOnlyList<int>> Numbered(string[] pieces)
    {
        var all = new List<IReadOnlyList<int>>();
        var next = 0;
        foreach (var piece in pieces)
        {
            var count = piece.Count(letter => letter == 't');
            all.Add([.. Enumerable.Range(next, count)]);
            next += count;
        }

        return all;
    }

    private static bool IsAlone(string[] pieces, char letter, string place)
    {
        return pieces.Sum(piece => piece.Count(each => each == letter)) == 1 && place.IndexOf(letter) >= 0;
    }

    // Writes repetitions out.
    private static string Written(string text, ref int position, bool isInner)
    {
        var written = new StringBuilder();
        while (position < text.Length && text[position] != ')')
        {
            var item = text[position++] switch
            {
                '(' when !isInner => Inner(text, ref position),
                var letter when letter is 'E' or 't' or 'm' or 'L' or '|' => letter.ToString(CultureInfo.InvariantCulture),
                ',' => string.Empty,
                _ => throw Unreadable(text, position - 1),
            };
            for (var times = Times(text, ref position); times > 0; times--)
            {
                MegatronRule.Require(written.Append(item).Length <= MaxLength, text, $"The layout is longer than {MaxLength} letters. {Example}");
            }
        }

        return !isInner && position < text.Length ? throw Unreadable(text, position) : written.ToString();
    }

    private static string Inner(string text, ref int position)
    {
        var inner = Written(text, ref position, isInner: true);
        return position++ < text.Length ? inner : throw Unreadable(text, text.Length);
    }

    private static int Times(string text, ref int position)
    {
        if (position >= text.Length || text[position] != '*')
        {
            return 1;
        }

        var start = ++position;
        while (position < text.Length && text[position] is >= '0' and <= '9')
        {
            position++;
        }

        var isRead = int.TryParse(text.Substring(start, position - start), NumberStyles.None, CultureInfo.InvariantCulture, out var times);
        return isRead && times is > 0 and <= MaxLength ? times : throw Unreadable(text, start);
    }

    private static LlmMemoryException Unreadable(string text, int position)
    {
        return MegatronRule.Broken(text, $"{Quoted.Value(text)} is no layout of a pipeline at letter {position + 1}: E, t, m, L, |, *n and brackets are. {Example}");
    }
}
