package io.github.nuclei4j.measure;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.nuclei4j.util.Messages;
import io.github.nuclei4j.util.Spelling;
import org.scijava.parsington.ExpressionParser;
import org.scijava.parsington.Operator;
import org.scijava.parsington.Operators;
import org.scijava.parsington.SyntaxTree;
import org.scijava.parsington.Variable;
import org.scijava.parsington.eval.DefaultTreeEvaluator;

/**
 * Which nuclei are kept, by what was measured of them, such as {@code Area>=40 and Circularity>0.6}: names of columns (whatever
 * the case), numbers, {@code < <= > >= = !=}, {@code and or not}, {@code + - * / ^} and parentheses. A nucleus without a value
 * that the rule compares is not kept by that comparison. Immutable.
 */
public final class KeepRule {

	private static final String EXAMPLE = "Expected something like Area>=40 and Circularity>0.6.";

	/** Weaker than comparisons, unlike the library's own, so that {@code not Border=1} is what it reads as. */
	private static final Operator NOT = new Operator("!", 1, Operator.Associativity.RIGHT, (Operators.LOGICAL_AND.getPrecedence() +
		Operators.EQUAL.getPrecedence()) / 2);

	private static final List<Operator> OPERATORS = Collections.unmodifiableList(Arrays.asList(Operators.PARENS, Operators.POW,
		Operators.POS, Operators.NEG, NOT, Operators.MUL, Operators.DIV, Operators.ADD, Operators.SUB,
		Operators.LESS_THAN, Operators.GREATER_THAN, Operators.LESS_THAN_OR_EQUAL, Operators.GREATER_THAN_OR_EQUAL,
		Operators.EQUAL, Operators.NOT_EQUAL, Operators.LOGICAL_AND, Operators.LOGICAL_OR));

	private static final int LONGEST = 2000;

	private final String text;
	private final SyntaxTree tree;
	private final Set<String> names = new LinkedHashSet<>();

	private KeepRule(final String text) {
		this.text = text;
		if (text.matches("(?s).*[;,].*")) throw wrong("it holds a semicolon or a comma; join comparisons by and");
		try {
			tree = new ExpressionParser(OPERATORS).parseTree(symbols(text));
			collect(tree);
		}
		catch (final IllegalArgumentException e) {
			throw wrong(e.getMessage());
		}
		catch (final NoSuchElementException e) {
			throw wrong("something is missing");
		}
	}

	/**
	 * Reads a rule.
	 *
	 * @throws IllegalArgumentException that says what is wrong in it
	 */
	public static KeepRule parse(final String text) {
		final String rule = text.trim();
		if (rule.isEmpty()) throw new IllegalArgumentException("keep is empty. " + EXAMPLE);
		if (rule.length() > LONGEST) throw new IllegalArgumentException("keep has " + rule.length() + " characters; at most " +
			LONGEST + " are possible.");
		return new KeepRule(rule);
	}

	/** The words and the single equals sign as the parser knows them. */
	private static String symbols(final String text) {
		return text.replaceAll("(?i)\\band\\b", "&&").replaceAll("(?i)\\bor\\b", "||").replaceAll("(?i)\\bnot\\b", "!").replaceAll(
			"(?<![<>=!])=(?!=)", "==");
	}

	private void collect(final SyntaxTree part) {
		if (part == null) throw new IllegalArgumentException("nothing to compare");
		final Object token = part.token();
		if (token instanceof Variable) names.add(((Variable) token).getToken());
		else if (!(token instanceof Number) && !(token instanceof Operator)) throw new IllegalArgumentException("'" + token +
			"' is neither a column nor a number");
		for (final SyntaxTree child : part) collect(child);
	}

	private IllegalArgumentException wrong(final String why) {
		return new IllegalArgumentException("keep=" + Messages.quoted(text) + " can't be read: " + why + ". " + EXAMPLE);
	}

	/**
	 * Applies the rule to rows.
	 *
	 * @param header names of the columns
	 * @param rows in the header's order: numbers, or text where there is no number
	 * @return for each row whether it is kept
	 * @throws IllegalArgumentException if a column does not exist or holds text, or the rule gives something else than yes or no
	 */
	public boolean[] kept(final List<String> header, final List<List<Object>> rows) {
		final String[] columns = names.toArray(new String[0]);
		final int[] places = new int[columns.length];
		for (int i = 0; i < places.length; i++) places[i] = place(columns[i], header, rows);
		final Evaluator evaluator = new Evaluator();
		final boolean[] kept = new boolean[rows.size()];
		for (int row = 0; row < kept.length; row++) {
			for (int i = 0; i < places.length; i++) {
				final Object value = rows.get(row).get(places[i]);
				evaluator.set(columns[i], value instanceof Number ? ((Number) value).doubleValue() : Double.NaN);
			}
			kept[row] = isTrue(evaluator);
		}
		return kept;
	}

	private boolean isTrue(final Evaluator evaluator) {
		final Object result;
		try {
			result = evaluator.evaluate(tree);
		}
		catch (final IllegalArgumentException | ClassCastException | NoSuchElementException e) {
			throw wrong("it compares or adds what doesn't go together");
		}
		if (result instanceof Boolean) return (Boolean) result;
		throw wrong("it gives a number, not yes or no");
	}

	private int place(final String name, final List<String> header, final List<List<Object>> rows) {
		int place = header.indexOf(name);
		for (int i = 0; i < header.size() && place < 0; i++) if (header.get(i).equalsIgnoreCase(name)) place = i;
		if (place < 0) {
			final String nearest = Spelling.nearest(name, header);
			throw wrong("there is no column '" + name + "'" + (nearest == null ? "; there are " + header.stream().filter(column -> isOfNumbers(
				header.indexOf(column), rows)).collect(Collectors.joining(", ")) : ". Did you mean " + nearest + "?"));
		}
		if (!isOfNumbers(place, rows)) throw wrong("the column '" + header.get(place) + "' holds text");
		return place;
	}

	private static boolean isOfNumbers(final int column, final List<List<Object>> rows) {
		return rows.stream().map(row -> row.get(column)).allMatch(value -> value instanceof Number || "".equals(value));
	}

	/** The rule as it was given. */
	@Override
	public String toString() {
		return text;
	}

	/** Calculates with floating-point numbers only, and finds comparisons with what does not exist to be false. */
	private static final class Evaluator extends DefaultTreeEvaluator {

		@Override
		public Object value(final Object token) {
			final Object value = super.value(token);
			return value instanceof Number ? ((Number) value).doubleValue() : value;
		}

		@Override
		public Object execute(final Operator operator, final Object... operands) {
			if (operator == NOT || operator == Operators.LOGICAL_AND || operator == Operators.LOGICAL_OR) {
				for (final Object operand : operands) {
					if (!(value(operand) instanceof Boolean)) throw new IllegalArgumentException("not yes or no");
				}
			}
			return operator == NOT ? not(operands[0]) : super.execute(operator, operands);
		}

		@Override
		public Object notEqual(final Object a, final Object b) {
			return isMissing(a) || isMissing(b) ? Boolean.FALSE : super.notEqual(a, b);
		}

		@Override
		public Object lessThan(final Object a, final Object b) {
			return isMissing(a) || isMissing(b) ? Boolean.FALSE : super.lessThan(a, b);
		}

		@Override
		public Object greaterThan(final Object a, final Object b) {
			return isMissing(a) || isMissing(b) ? Boolean.FALSE : super.greaterThan(a, b);
		}

		@Override
		public Object lessThanOrEqual(final Object a, final Object b) {
			return isMissing(a) || isMissing(b) ? Boolean.FALSE : super.lessThanOrEqual(a, b);
		}

		@Override
		public Object greaterThanOrEqual(final Object a, final Object b) {
			return isMissing(a) || isMissing(b) ? Boolean.FALSE : super.greaterThanOrEqual(a, b);
		}

		@Override
		public Object equal(final Object a, final Object b) {
			return isMissing(a) || isMissing(b) ? Boolean.FALSE : super.equal(a, b);
		}

		private boolean isMissing(final Object operand) {
			final Object value = value(operand);
			return value instanceof Double && ((Double) value).isNaN();
		}
	}
}
